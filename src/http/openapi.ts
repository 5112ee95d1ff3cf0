import { catalogue } from '../errors/catalogue.ts';
import { type Route, routes } from './routes.ts';
import { type SchemaName, schemas } from './schemas.ts';

const reference = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const content = (mediaType: string, schema: SchemaName) => ({ [mediaType]: { schema: reference(schema) } });

const errorBodies = {
  problem: { mediaType: 'application/problem+json', schema: 'problem' },
  openai: { mediaType: 'application/json', schema: 'openAiError' },
  oauth: { mediaType: 'application/json', schema: 'oauthError' },
  bearer: { mediaType: 'application/json', schema: 'oauthError' },
  mcp: { mediaType: 'application/json', schema: 'mcpError' },
  event: { mediaType: 'application/json', schema: 'eventError' },
} as const satisfies Record<Route['errors'], { mediaType: string; schema: SchemaName }>;

const timing = {
  description:
    'Milliseconds (Server-Timing) of each stage, and of the gateway: all but the time in which a model or a record system was waited for. On a stream, before its first byte; not where a comment opened it',
  schema: { type: 'string' },
} as const;

/** A body in each media type that it may have. */
const taken = ({ mediaType, schema }: NonNullable<Route['request']>, others: Route['alsoTakes'] = []) =>
  Object.assign({}, ...[mediaType, ...others].map((type) => content(type, schema)));

function operation(route: Route) {
  const failure = errorBodies[route.errors];
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(route.query ?? {}).map(([name, description]) => ({
      name,
      in: 'query',
      required: false,
      description,
      schema: { type: 'string' },
    })),
  ];
  return {
    operationId: route.operationId,
    summary: route.summary,
    security: route.auth === 'bearer' ? [{ bearer: [] }] : [],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.request === undefined
      ? {}
      : { requestBody: { required: true, content: taken(route.request, route.alsoTakes) } }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        headers: {
          'phi-trail': { description: 'Trail id of this request', schema: { type: 'string' } },
          ...(route.timed === true ? { 'server-timing': timing } : {}),
        },
        content: {
          ...content(route.answer.mediaType, route.answer.schema),
          ...(route.stream === undefined ? {} : content(route.stream.mediaType, route.stream.schema)),
        },
      },
      default: {
        description: `Refused or failed. Codes: ${Object.keys(catalogue).join(', ')}`,
        content: content(failure.mediaType, failure.schema),
      },
    },
  };
}

/** The OpenAPI 3.1 description of the public listener, made from the route table. */
export function openApiDocument(publicUrl: string, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of Object.values<Route>(routes))
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'phi-gateway',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: 'Zero-trust gateway between healthcare apps and language models.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: "The user's access token, or a delegated token.",
        },
      },
    },
  };
}
