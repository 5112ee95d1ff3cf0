import { type BadInput, denied, malformed, type Refused, unknownMember } from './bad-input.ts';

export interface EmergencyInput extends BadInput {
  readonly outcome: Refused;
  readonly body: string;
  /** Below `/v1/break-glass`. */
  readonly path?: string;
  /** Who sends it; the clinician where nothing is said. */
  readonly user?: string;
}

const declared = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ patient: 'p1', reason: 'other', text: 'nobody else was there to ask', ...changes });
const review = (changes: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ finding: 'unclear', text: 'asked the ward to explain', ...changes });
const reviewing = { path: '/019a0000-0000-7000-8000-000000000001/review', user: 'compliance' } as const;

/** What is no declaration of an emergency, or no review of one. */
export const emergencyInputs: readonly EmergencyInput[] = [
  { name: 'emergency access for no patient', outcome: malformed, body: declared({ patient: undefined }) },
  {
    name: 'emergency access for an id that climbs',
    outcome: malformed,
    body: declared({ patient: '../p1' }),
  },
  { name: 'emergency access for no reason', outcome: malformed, body: declared({ reason: undefined }) },
  {
    name: 'emergency access for a reason of one’s own',
    outcome: malformed,
    body: declared({ reason: 'curious' }),
  },
  { name: 'emergency access without a word of why', outcome: malformed, body: declared({ text: 'because' }) },
  {
    name: 'emergency access with a novel of why',
    outcome: malformed,
    body: declared({ text: 'because '.repeat(200) }),
  },
  { name: 'emergency access for no time', outcome: malformed, body: declared({ minutes: 0 }) },
  { name: 'emergency access for a week', outcome: malformed, body: declared({ minutes: 10_080 }) },
  {
    name: 'emergency access with an unknown member',
    outcome: unknownMember,
    body: declared({ until: '2030-01-01' }),
  },
  {
    name: 'a review of an emergency that finds nothing',
    outcome: malformed,
    ...reviewing,
    body: review({ finding: 'fine' }),
  },
  {
    name: 'a review of an emergency without a word',
    outcome: malformed,
    ...reviewing,
    body: review({ text: '' }),
  },
  {
    name: 'a review of an emergency that nobody had',
    outcome: denied('not_found', 'break_glass_not_visible'),
    ...reviewing,
    body: review({}),
  },
];
