import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from compiling calls into WebAssembly straight into the calling function. Where such a function is
 * deoptimised while the WebAssembly, called back into JavaScript, is on the stack and is to return a reference, the
 * V8 of Node.js 20 ends the whole process ("unreachable code" in Deoptimizer::DoComputeBuiltinContinuation): the
 * policy engine is called in just this way, and under load it happened within minutes.
 * To be called before the policy engine is; harmless when called again.
 */
export function keepWebAssemblyCallsApart(): void {
  setFlagsFromString('--no-turbo-inline-js-wasm-calls');
}
