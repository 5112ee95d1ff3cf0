import type { Resource } from '../vocabulary/fhir.ts';
import type { ServerFault } from '../vocabulary/server-fault.ts';

/** What one search brought, after paging: nothing here has been checked against a patient yet. */
export interface SearchResult {
  readonly matches: readonly Resource[];
  readonly included: readonly Resource[];
  readonly pages: number;
  readonly bytes: number;
  /** A page, byte or row limit of the reader stopped the paging, or the server tells of more than it sent. */
  readonly cut: boolean;
}

export interface SearchOptions {
  readonly maxResources?: number;
  /** Whether a row counts against `maxResources`; all do by default. Pages and bytes stay limited. */
  readonly counts?: (row: Resource) => boolean;
  /** Everything that could be sent: what only some of several servers list is sent to those. */
  readonly planned?: Readonly<Record<string, string>>;
}

export interface Capabilities {
  readonly fhirVersion: string;
  readonly types: ReadonlySet<string>;
  /** Of several servers: types that the tenant's own one lacks. */
  readonly notAtHome?: ReadonlySet<string>;
  /** Search parameters by type, where the server lists them: what it lacks is not sent and filtered locally. */
  readonly searchParams?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The server says that it answers batches. */
  readonly batch?: boolean;
}

export interface BinaryContent {
  readonly contentType: string;
  readonly data: Uint8Array;
  /** `Binary.securityContext`: the resource whose access rules hold for it, where the server tells one. */
  readonly securityContext?: string;
}

/**
 * One token's view of one FHIR R4 server. Errors are Refusals (`fhir_*`) without URL, query or body. A reader is
 * made per token and thrown away with the envelope.
 */
export interface FhirReader {
  readonly server: string;
  search(
    type: string,
    params: Readonly<Record<string, string | readonly string[]>>,
    options?: SearchOptions,
  ): Promise<SearchResult>;
  /** Undefined where the server answers 404 or 410. */
  read(type: string, id: string): Promise<Resource | undefined>;
  /** Bytes of a Binary that an authorised document names, as `Binary/{id}`. */
  binary(id: string): Promise<BinaryContent | undefined>;
  capabilities(): Promise<Capabilities>;
  /** Takes note of what this server did and no server may do, with the number of rows, and the one if it is one; whoever watches is told. */
  suspect?(fault: ServerFault, rows: number, row?: Resource): void;
}
