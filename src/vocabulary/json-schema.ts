import { Ajv2020, type Options } from 'ajv/dist/2020.js';

/**
 * A compiler of JSON Schema 2020-12, strict: an unknown keyword is a fault of the schema. It does not polish the code
 * that it generates, which would be half of the work of compiling and means nothing once the engine has compiled that code in turn.
 */
export const schemaCompiler = (options: Options = {}): Ajv2020 =>
  new Ajv2020({ strict: true, code: { optimize: false }, ...options });
