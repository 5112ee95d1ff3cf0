import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';

/** Makes of a schema what checks values by it; throws where the schema is none. */
export interface SchemaCompiler {
  compile<Type = unknown>(schema: object): ValidateFunction<Type>;
}

/**
 * Ours: strict, an unknown keyword is a fault of the schema. The code that is generated is not polished, which would
 * be half of the work of compiling and means nothing once the engine has compiled that code in turn.
 */
const ours: Options = { strict: true, code: { optimize: false } };

/** Holds schemas to the schema of schemas for all compilers: each of them would compile that one anew. */
const ofSchemas = new Ajv2020(ours);

/** A compiler of JSON Schema 2020-12. */
export function schemaCompiler(options: Options = {}): SchemaCompiler {
  const compiler = new Ajv2020({ ...ours, validateSchema: false, ...options });
  return {
    compile: <Type>(schema: object) => {
      void ofSchemas.validateSchema(schema, true);
      return compiler.compile<Type>(schema);
    },
  };
}
