// Plain JavaScript for any Node that knows modules: on an old one, the SQLite addon would crash the process without a
// word, and TypeScript would be a syntax error. Type stripping came in 22.18 and, in the line after, in 23.6.
const OLDEST = [22, 18];
const OLDEST_OF_23 = 6;

const [major, minor] = process.versions.node.split('.').map(Number);
const tooOld =
  major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]) || (major === 23 && minor < OLDEST_OF_23);
if (tooOld) {
  process.stderr.write(
    'Sigill behöver Node ' +
      OLDEST.join('.') +
      ' eller nyare; det här är Node ' +
      process.versions.node +
      '.\nKör "npm ci" i projektets mapp och starta med "npm run -s sigill -- <kommando>": då används den Node som ' +
      'följer med.\n',
  );
  process.exit(2);
}
