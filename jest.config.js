// Tests run on the compiled output: what is tested is what ships, and worker threads need built files.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/dist/test'],
  testMatch: ['**/*.test.js'],
  transform: {},
  maxWorkers: 2,
  workerIdleMemoryLimit: '512MB',
  testTimeout: 30000,
  reporters: ['default', '<rootDir>/test/gates/closing-line.js'],
};
