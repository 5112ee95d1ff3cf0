import type { ModelEndpoint } from '../vocabulary/model-endpoint.ts';
import type { TicketSystem } from '../vocabulary/ticket-system.ts';
import type {
  Config,
  FhirServer,
  FurtherFhirServer,
  Issuer,
  RecogniserServer,
  RecordAuthorization,
  Signals,
  Tenant,
} from './config.ts';

/** The configuration as it stands in the file, after schema check and defaults: secrets are names of files. */
export interface ConfigFile extends Omit<Config, 'keys' | 'redaction' | 'tenants' | 'workloadKeys'> {
  readonly redaction: Omit<Config['redaction'], 'recogniser'> & { readonly recogniser?: RecogniserInFile };
  readonly keys: {
    readonly signing_file: string;
    readonly overlap_files?: readonly string[];
    readonly vault_file: string;
    readonly pseudonym_file: string;
    readonly log_file: string;
  };
  readonly tenants: readonly TenantInFile[];
}

interface TenantInFile
  extends Omit<
    Tenant,
    'models' | 'workloads' | 'issuers' | 'fhir' | 'furtherFhir' | 'privacyNotice' | 'tickets'
  > {
  /** By the law that the tenant is under where nothing is said. */
  readonly privacyNotice?: Tenant['privacyNotice'];
  readonly tickets?: TicketsInFile;
  readonly fhir: FhirInFile;
  readonly furtherFhir: readonly (FhirInFile & Pick<FurtherFhirServer, 'crossReference' | 'part2Programs'>)[];
  readonly issuers: readonly IssuerInFile[];
  readonly models: readonly ModelInFile[];
  readonly workloads: readonly WorkloadInFile[];
}

/** `authorization_file` holds the bearer token that is shown there. */
export type TicketsInFile = Omit<TicketSystem, 'authorization'> & { readonly authorization_file?: string };

/** `jwks` names the file of its public keys. */
export interface WorkloadInFile extends Omit<Tenant['workloads'][number], 'tenant' | 'keys'> {
  readonly jwks?: string;
}

export interface FhirInFile extends Omit<FhirServer, 'authorization'> {
  readonly authorization?: Omit<RecordAuthorization, 'clientKey'> & { readonly clientKey_file: string };
}

export interface IssuerInFile extends Omit<Issuer, 'algorithms' | 'introspection' | 'signals'> {
  /** Those of the profile where nothing is said. */
  readonly algorithms?: readonly string[];
  readonly introspection?: {
    readonly endpoint: string;
    readonly clientId: string;
    readonly clientSecret_file: string;
  };
  readonly signals?: Omit<Signals, 'authorization'> & { readonly authorization_file?: string };
}

export interface RecogniserInFile extends Omit<RecogniserServer, 'tls'> {
  readonly certificate?: string;
  readonly key_file?: string;
  readonly authority?: string;
}

export interface ModelInFile extends Omit<ModelEndpoint, 'apiKey'> {
  readonly apiKey_file?: string;
}

/** A configuration that cannot be used: one line per fault, each with the path of its setting, never a value. */
export class ConfigFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigFault';
    this.faults = faults;
  }
}
