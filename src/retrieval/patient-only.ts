import { Refusal } from '../errors/refusal.ts';
import type { FhirReader } from './ports.ts';

/**
 * A reader whose searches must name one patient: what stands in for the binding that its token lacks. A search that
 * names nobody, somebody else or several, also because the server does not list the parameter, is refused before it is
 * sent; so is reading a resource by its id. Rows are checked again afterwards as everywhere. Documents' content may be
 * read: its ids come from documents that were checked.
 */
export const patientOnly = (reader: FhirReader, patient: string): FhirReader =>
  Object.freeze({
    ...reader,
    search: (
      type: Parameters<FhirReader['search']>[0],
      params: Parameters<FhirReader['search']>[1],
      options: Parameters<FhirReader['search']>[2],
    ) =>
      params['patient'] === `Patient/${patient}`
        ? reader.search(type, params, options)
        : Promise.reject(new Refusal('scope_exceeded')),
    read: () => Promise.reject(new Refusal('scope_exceeded')),
  });
