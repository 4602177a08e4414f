/** The layer rules of docs/architecture.md, as data that the build checks. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-pure',
      comment: 'shared/ imports shared/ and pure libraries: no main, no renderer, no Node, no Electron.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(main|renderer|demo)/' },
    },
    {
      name: 'shared-no-node',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-pure-libraries',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|temporal-polyfill|temporal-spec)/' },
    },
    {
      name: 'main-not-renderer',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'renderer-only-shared',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|demo)/' },
    },
    {
      name: 'electron-only-in-its-shell',
      severity: 'error',
      from: { pathNot: '^main/shell/electron/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'sqlite-only-in-store',
      comment: 'A database is opened in one place; repositories get a Store.',
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/store/|\\.test\\.ts$' },
      to: {
        path: 'node_modules/(better-sqlite3|better-sqlite3-multiple-ciphers)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'core-knows-no-shell',
      severity: 'error',
      from: { path: '^main/(?!shell/)' },
      to: { path: '^main/shell/' },
    },
    {
      name: 'only-behind-the-gate',
      comment:
        'What makes the files of a way out asks no gate: only its writer, which does, and the threads may have it.',
      severity: 'error',
      from: { path: '^(main|demo)/', pathNot: '^main/(export|workers|testing)/|\\.test\\.ts$' },
      to: {
        path: '^main/export/(email/seal(-mail)?|envelope/draw-envelopes|signalskydd/transfer-sheet)\\.ts$',
      },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|/testing/|^e2e/|^bench/' },
      to: { path: '\\.test\\.ts$|/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'main/tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
