// Each test file loads what it imports anew, in a context of its own: nearly all code is too young to be worth the
// optimising compiler, which waits fifteen times (JavaScript) and a hundred times (WebAssembly) longer than usual. The
// workers take over the options of this process; later engines name them otherwise.
if (process.versions.node.startsWith('20.'))
  process.execArgv.push('--interrupt-budget=1000000', '--wasm-tiering-budget=200000000');

// Tests run on the compiled output: what is tested is what ships, and worker threads need built files.
export default {
  testEnvironment: '<rootDir>/test/gates/environment.js',
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  transform: {},
  maxWorkers: 3,
  workerIdleMemoryLimit: '1500MB',
  testTimeout: 30000,
  reporters: ['default', '<rootDir>/test/gates/closing-line.js'],
};
