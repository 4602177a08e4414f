// Plain JavaScript for any Node: on an old one, the SQLite addon would crash the process without a word.
const OLDEST = [22, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Sigill behöver Node ${OLDEST.join('.')} eller nyare; det här är Node ${process.versions.node}.\n` +
      'Kör "npm ci" i projektets mapp och starta med "npm run sigill -- …": då används den Node som följer med.\n',
  );
  process.exit(2);
}
