import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type {
  AuditLog,
  BreakGlass,
  FhirServer,
  Introspection,
  Issuer,
  RecogniserServer,
  RecordAuthorization,
  Signals,
} from './config.ts';
import { socketPath } from './socket-path.ts';

type RecordAddresses = Pick<FhirServer, 'base'> & {
  readonly authorization?: Pick<RecordAuthorization, 'issuer' | 'tokenEndpoint' | 'jwksUri'>;
};

/** The addresses of a configuration, as it stands in the file or as it is in effect. */
interface WithUpstreams {
  readonly audit: Pick<AuditLog, 'witnesses'>;
  readonly redaction: { readonly recogniser?: Pick<RecogniserServer, 'url'> };
  readonly tenants: readonly {
    readonly fhir: RecordAddresses;
    readonly furtherFhir: readonly RecordAddresses[];
    readonly issuers: readonly (Pick<Issuer, 'issuer' | 'jwksOrigin'> & {
      readonly introspection?: Pick<Introspection, 'endpoint'>;
      readonly signals?: Pick<Signals, 'issuer' | 'jwksUri'>;
    })[];
    readonly models: readonly Pick<ModelEndpoint, 'baseUrl'>[];
    readonly breakGlass?: Pick<BreakGlass, 'notify'>;
    readonly tickets?: { readonly url: string };
  }[];
}

/**
 * Every origin (scheme, host, port) that a gateway of this configuration may open a connection to: issuers,
 * where their key sets live and where they are asked about tokens, FHIR bases and who gives tokens for them, model
 * endpoints, witnesses, the recogniser, where privacy officers are told, where tickets are looked up. Nothing a request, an answer or a discovery document
 * says adds to it.
 */
export function configuredOrigins(config: WithUpstreams): ReadonlySet<string> {
  const addresses = config.tenants.flatMap((tenant) => [
    ...tenant.issuers.flatMap(({ introspection, issuer, jwksOrigin, signals }) =>
      [issuer, jwksOrigin, introspection?.endpoint, signals?.issuer, signals?.jwksUri].filter(
        (address) => address !== undefined,
      ),
    ),
    ...[tenant.fhir, ...tenant.furtherFhir].flatMap(({ authorization, base }) =>
      [base, authorization?.issuer, authorization?.tokenEndpoint, authorization?.jwksUri].filter(
        (address) => address !== undefined,
      ),
    ),
    ...tenant.models.map(({ baseUrl }) => baseUrl),
    ...(tenant.breakGlass === undefined ? [] : [tenant.breakGlass.notify]),
    ...(tenant.tickets === undefined ? [] : [tenant.tickets.url]),
  ]);
  const witnesses = config.audit.witnesses.map(({ url }) => url);
  const { recogniser } = config.redaction;
  const beside = recogniser === undefined ? [] : [recogniserAddress(recogniser)];
  return new Set(
    [...addresses, ...witnesses, ...beside]
      .filter((address) => URL.canParse(address))
      .map((address) => new URL(address).origin),
  );
}

/** Under which a recogniser is asked; behind a socket there is no name to look up, and this one can have none. */
export const recogniserAddress = ({ url }: Pick<RecogniserServer, 'url'>): string =>
  socketPath(url) === undefined ? url : 'http://recogniser.invalid';
