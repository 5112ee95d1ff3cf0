/** Facts that several events carry. */
export const asker = [
  'user',
  'issuer',
  'client',
  'workload',
  'sender',
  'roles',
  'acr',
  'amr',
  'authAge',
  'session',
] as const;
export const subject = [
  'patient',
  'task',
  'purpose',
  'action',
  'encounter',
  'ticket',
  'conversation',
] as const;
export const decision = ['effect', 'sentence', 'policies', 'policyHash', 'releaseHash', 'error'] as const;
export const policyFacts = [
  'taskPermitsRole',
  'workloadPermitsTask',
  'workloadPermitsPurpose',
  'workloadPermitsModel',
  'tenantMatches',
  'ownRecord',
  'onCareTeam',
  'encounterOpen',
  'appointmentSoon',
  'generalPractitioner',
  'relationSettled',
  'relationSource',
  'relationAge',
  'coverByRoster',
  'roster',
  'rosterAge',
  'consentPermits',
  'grantInForce',
  'breakGlassOpen',
  'chosenProxy',
  'parentOfMinor',
  'executor',
  'patientDeceased',
  'modelTrusted',
  'modelAttested',
  'modelResidency',
  'modelKeepsNothing',
  'modelRetentionDays',
  'modelNoTraining',
  'underUsLaw',
  'underEuLaw',
  'lawfulBasis',
  'patientBound',
] as const;
/** Facts of a decision about a consent that the gateway keeps. */
export const consentFacts = ['tenantMatches', 'ownRecord', 'opensToAsker', 'patientsDenial'] as const;
/** Facts of a decision that other events carry as facts of the asker and the subject. */
export const askedFacts = ['action', 'roles', 'purpose', 'task', 'acr', 'authAge'] as const;
/** In the place of facts that bear a data class. */
export const sealed = ['sealed', 'commitment'] as const;
export const ending = ['stage', 'route', 'status', 'code'] as const;
export const proof = [
  'attestation',
  'attestationEvidence',
  'attestationPolicy',
  'attestationFaults',
  'attestedAt',
] as const;
export const time = ['durationMs'] as const;
