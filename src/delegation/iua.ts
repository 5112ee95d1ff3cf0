import { purposeSystem } from '../vocabulary/purpose.ts';

/**
 * The JWT extension of IHE IUA (ITI TF-2, 3.71.4.2.2.1.1): why the holder asks, and for FHIR servers also
 * whose record it is. The subject's name is never part of it.
 */
export const iuaExtension = (claims: { readonly purpose?: string; readonly personId?: string }) => ({
  ihe_iua: {
    ...(claims.purpose === undefined
      ? {}
      : { purpose_of_use: [{ system: purposeSystem, code: claims.purpose }] }),
    ...(claims.personId === undefined ? {} : { person_id: claims.personId }),
  },
});
