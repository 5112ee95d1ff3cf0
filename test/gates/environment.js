import { TestEnvironment } from 'jest-environment-node';

// Jest gives each test file a context of its own, and loads in it anew whatever the file imports. A whole product takes
// seconds of that. `importOnce` loads outside of the context: once for all files that a worker runs.
export default class Environment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.importOnce = (file) => import(file);
  }
}
