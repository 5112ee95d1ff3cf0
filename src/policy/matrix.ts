import { roles } from '../vocabulary/person.ts';
import { purposes } from '../vocabulary/purpose.ts';
import type {
  ConsentAction,
  PolicyAction,
  PolicyDecisionPoint,
  PolicyFacts,
  TrailAction,
} from './decision.ts';
import { roleWord } from './wording.ts';

/** Everything in place but a relation to the patient. */
export const unrelated: PolicyFacts = {
  roles: [],
  purpose: 'TREAT',
  task: 'any',
  taskPermitsRole: true,
  workloadPermitsTask: true,
  workloadPermitsPurpose: true,
  workloadPermitsModel: true,
  tenantMatches: true,
  ownRecord: false,
  onCareTeam: false,
  encounterOpen: false,
  appointmentSoon: false,
  generalPractitioner: false,
  relationSettled: true,
  relationSource: 'none',
  relationAge: -1,
  coverByRoster: false,
  roster: 'none',
  rosterAge: -1,
  consentPermits: true,
  grantInForce: false,
  breakGlassOpen: false,
  chosenProxy: false,
  parentOfMinor: false,
  executor: false,
  patientDeceased: false,
  modelTrusted: true,
  modelAttested: true,
  modelResidency: '',
  modelKeepsNothing: true,
  modelRetentionDays: 0,
  modelNoTraining: true,
  underUsLaw: false,
  underEuLaw: false,
  lawfulBasis: '',
  patientBound: true,
  acr: '',
  authAge: -1,
};

const relations: readonly { readonly name: string; readonly facts: Partial<PolicyFacts> }[] = [
  { name: 'no relation', facts: {} },
  { name: 'own record', facts: { ownRecord: true } },
  { name: 'care team', facts: { onCareTeam: true } },
  { name: 'open encounter', facts: { encounterOpen: true } },
  { name: 'appointment', facts: { appointmentSoon: true } },
  { name: 'general practitioner', facts: { generalPractitioner: true } },
  { name: 'care team, too new', facts: { onCareTeam: true, relationSettled: false } },
  { name: 'cover by roster', facts: { coverByRoster: true } },
  { name: 'grant', facts: { grantInForce: true } },
  { name: 'glass broken', facts: { breakGlassOpen: true } },
  { name: 'proxy', facts: { chosenProxy: true } },
  { name: 'parent of a minor', facts: { parentOfMinor: true } },
  { name: 'executor', facts: { executor: true } },
  { name: 'executor, patient dead', facts: { executor: true, patientDeceased: true } },
];

const records: readonly { readonly action: PolicyAction; readonly title: string }[] = [
  { action: 'ask', title: 'Ask a model about the record' },
  { action: 'context', title: 'Take the redacted context out' },
  { action: 'reveal', title: 'Have an answer to such a context checked and revealed' },
  { action: 'embed', title: 'Have texts redacted and embedded' },
  { action: 'exchange', title: 'Be given a delegated token' },
];

const offices: readonly { readonly action: TrailAction; readonly title: string }[] = [
  { action: 'resolve_pseudonym', title: 'Be told whom a pseudonym stands for' },
  { action: 'erase_patient', title: 'Have a patient erased' },
  { action: 'end_session', title: 'End a session of somebody else' },
  { action: 'request_grant', title: 'Ask for a grant' },
  { action: 'approve_grant', title: 'Approve the grant that a colleague asked for' },
  { action: 'revoke_grant', title: 'End a grant of somebody else' },
  { action: 'break_glass', title: 'Break the glass' },
  { action: 'review_break_glass', title: 'Review that somebody else broke the glass' },
  { action: 'request_proxy', title: 'Ask that somebody else may act for a patient' },
  { action: 'confirm_proxy', title: 'Confirm the parent or executor that somebody else asked for' },
  { action: 'end_proxy', title: 'End what a proxy of somebody else may do' },
];

const consentRows: readonly { readonly action: ConsentAction; readonly title: string }[] = [
  { action: 'capture_consent', title: 'Capture a consent' },
  { action: 'read_consent', title: 'Read a consent that the gateway keeps' },
  { action: 'revoke_consent', title: 'Revoke a consent that the gateway keeps' },
];

/** Whose consent it is, and what it would come to. */
const consentCases = [
  { name: 'own', facts: { ownRecord: true } },
  { name: 'of another', facts: {} },
  { name: 'of another, to the own benefit', facts: { opensToAsker: true } },
  { name: "of another, the patient's own denial", facts: { patientsDenial: true } },
] as const;

/**
 * The access matrix as Markdown, from the decisions themselves: role by purpose and relation, with everything else
 * in place (consent, task, workload, tenant, trusted model). docs/access-matrix.md is this text.
 */
export function accessMatrix(policies: PolicyDecisionPoint): string {
  const sections = records.map(
    ({ action, title }) => `## ${title} (\`${action}\`)\n\n${table(policies, action)}\n`,
  );
  return [
    '# Access matrix',
    '',
    'Generated from the policies in `policies/` and held to them by a test: change a policy, then build and run',
    '`WRITE_ACCESS_MATRIX=1 npm run jest -- dist/test/unit/policy`. Each cell is a decision with everything else',
    'in place: a consent that permits, a task meant for role and purpose, an application that may use task, purpose',
    'and model, one tenant, a trusted model. Where any of these is missing the answer is no, whatever stands here.',
    'A combination that is not listed is not allowed to anybody.',
    '',
    ...sections,
    '## Read a trail (`read_trail`)\n',
    trailTable(policies),
    '',
    ...consentRows.flatMap(({ action, title }) => [
      `## ${title} (\`${action}\`)\n`,
      consentTable(policies, action),
      '',
    ]),
    ...offices.flatMap(({ action, title }) => [
      `## ${title} (\`${action}\`)\n`,
      officeLine(policies, action),
      '',
    ]),
  ].join('\n');
}

const cell = (allowed: boolean): string => (allowed ? 'yes' : '');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const head = (cells: readonly string[]): string => `${row(cells)}\n${row(cells.map(() => '---'))}`;

function table(policies: PolicyDecisionPoint, action: PolicyAction): string {
  const rows = roles.flatMap((role) =>
    Object.keys(purposes).flatMap((purpose) => {
      const cells = relations.map(
        ({ facts }) =>
          policies.decide(action, { ...unrelated, ...facts, roles: [role], purpose }).effect === 'allow',
      );
      return cells.includes(true) ? [row([role, purpose, ...cells.map(cell)])] : [];
    }),
  );
  const without = roles.filter((role) => !rows.some((line) => line.startsWith(`| ${role} |`)));
  return [
    head(['role', 'purpose', ...relations.map(({ name }) => name)]),
    ...rows,
    '',
    `Not at all: ${without.map((role) => roleWord([role])).join(', ')}.`,
  ].join('\n');
}

function trailTable(policies: PolicyDecisionPoint): string {
  const may = (role: string, ownTrail: boolean): string =>
    cell(policies.decideTrail({ roles: [role], tenantMatches: true, ownTrail }).effect === 'allow');
  return [
    head(['role', 'own trail', 'trail of others']),
    ...roles.map((role) => row([role, may(role, true), may(role, false)])),
  ].join('\n');
}

function consentTable(policies: PolicyDecisionPoint, action: ConsentAction): string {
  const none = { tenantMatches: true, ownRecord: false, opensToAsker: false, patientsDenial: false };
  const rows = roles.flatMap((role) => {
    const cells = consentCases.map(
      ({ facts }) => policies.decideConsent({ ...none, ...facts, roles: [role] }, action).effect === 'allow',
    );
    return cells.includes(true) ? [row([role, ...cells.map(cell)])] : [];
  });
  return [head(['role', ...consentCases.map(({ name }) => name)]), ...rows].join('\n');
}

function officeLine(policies: PolicyDecisionPoint, action: TrailAction): string {
  const who = roles.filter(
    (role) =>
      policies.decideTrail({ roles: [role], tenantMatches: true, ownTrail: false }, action).effect ===
      'allow',
  );
  return `Only: ${who.map((role) => roleWord([role])).join(', ')}.`;
}
