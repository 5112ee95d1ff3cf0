/**
 * The rooms of the house and which doors stand open. `rooms` maps a room to the rooms it may import; everything
 * may import `vocabulary` and `errors`; nothing else is allowed.
 */
const rooms = {
  vocabulary: [],
  errors: [],
  config: [],
  telemetry: [],
  interlock: [],
  audit: [],
  vault: [],
  identity: ['config'],
  delegation: ['identity', 'config'],
  limits: [],
  sessions: ['config', 'delegation', 'identity'],
  consent: [],
  labels: ['consent'],
  policy: ['consent'],
  retrieval: ['consent', 'labels'],
  redaction: ['vault'],
  model: ['redaction', 'interlock'],
  release: ['interlock', 'labels', 'redaction', 'vault'],
  recogniser: ['redaction'],
  signal: ['redaction'],
  attestation: [],
  reading: ['interlock', 'labels', 'redaction', 'release', 'signal'],
  storage: ['audit', 'vault'],
  witness: ['audit'],
  outbound: ['config'],
  envelope: [
    'identity',
    'delegation',
    'sessions',
    'limits',
    'consent',
    'labels',
    'policy',
    'retrieval',
    'redaction',
    'vault',
    'model',
    'interlock',
    'release',
    'reading',
    'signal',
    'recogniser',
    'audit',
    'config',
    'telemetry',
  ],
  http: [
    'envelope',
    'identity',
    'delegation',
    'sessions',
    'consent',
    'policy',
    'retrieval',
    'model',
    'release',
    'audit',
    'config',
    'telemetry',
  ],
};
/** Cores that stay pure: no server, no database, no clock, no environment. */
const pure = [
  'attestation',
  'vocabulary',
  'errors',
  'interlock',
  'audit',
  'consent',
  'policy',
  'redaction',
  'release',
  'signal',
];

const roomRules = Object.entries(rooms).map(([room, doors]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import: ${[room, 'vocabulary', 'errors', ...doors].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, 'vocabulary', 'errors', ...doors].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'every-room-is-listed',
      comment: 'A new folder under src/ gets its row in the table above.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${[...Object.keys(rooms), 'cli', 'wiring'].join('|')})/` },
      to: {},
    },
    {
      name: 'wiring-is-outermost',
      comment:
        'Only the composition root and the commands that start it know how the parts are put together.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(wiring|cli)/|^src/main' },
      to: { path: '^src/wiring/|^src/main' },
    },
    {
      name: 'no-circles',
      comment: 'Types may name each other; code may not need itself to load.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-cores',
      comment:
        'Policy, redaction, consent, release, signal, attestation, audit and interlock cores know no server, database or clock.',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: {
        path: '^(express|better-sqlite3|undici|http|https|net|child_process|worker_threads|process)$|node_modules/(express|better-sqlite3|undici|pino)/',
      },
    },
    {
      name: 'only-storage-opens-databases',
      severity: 'error',
      from: { path: '^(src|sandbox)/', pathNot: '^src/storage/' },
      to: { path: 'node_modules/(better-sqlite3|pg)/' },
    },
    {
      name: 'sandbox-only-from-cli',
      comment: 'The product runs without the sandbox; the CLI imports it when asked to.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'one-way-out',
      comment:
        'Connections leave through src/outbound, whose dispatcher knows the configured origins and no other.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(http|outbound|model|recogniser|retrieval|witness|cli|wiring)/|^src/main',
      },
      to: { path: '^(http|https|http2|tls|dgram)$|node_modules/undici/' },
    },
    {
      name: 'no-tests-in-product',
      comment: 'Tests and bench look at the product; the product does not know them.',
      severity: 'error',
      from: { path: '^(src|sandbox)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-tests-in-bench',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^test/' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^(src|sandbox)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
