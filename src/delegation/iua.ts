import { purposeSystem } from '../vocabulary/purpose.ts';

/** Code system of the gateway's roles. */
const roleSystem = 'urn:phi-gateway:role';

interface IuaSubject {
  readonly name?: string;
  readonly organization: string;
  readonly roles: readonly string[];
}

/**
 * The JWT extension of IHE IUA (ITI TF-2, 3.71.4.2.2.1.1): why the holder asks, and for FHIR servers also
 * whose record it is and who asks, so that the server's own audit can name them. An app's token never has that of the subject.
 */
export const iuaExtension = (claims: {
  readonly purpose?: string;
  readonly personId?: string;
  readonly subject?: IuaSubject;
}) => ({
  ihe_iua: {
    ...(claims.subject?.name === undefined ? {} : { subject_name: claims.subject.name }),
    ...(claims.subject === undefined
      ? {}
      : {
          subject_organization: claims.subject.organization,
          subject_role: claims.subject.roles.map((code) => ({ system: roleSystem, code })),
        }),
    ...(claims.purpose === undefined
      ? {}
      : { purpose_of_use: [{ system: purposeSystem, code: claims.purpose }] }),
    ...(claims.personId === undefined ? {} : { person_id: claims.personId }),
  },
});
