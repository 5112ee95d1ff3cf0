/** Sentences as an application sends them, with identifiers of nobody: a guard that finds nothing would be too quick. */
const turns = [
  'What is the latest LDL? The patient was told to call 919-555-0142 before the next visit.',
  'She writes from mail to desk@clinic.example that the value of 2026-03-04 was higher than the one before.',
  'Compare it with the earlier one, leave out what was entered twice, and name the unit of each value.',
  'The pharmacy on file changed, the number on the old card was 078-05-1120, and nobody has called since.',
  'Say plainly when something is missing from the record instead of guessing what it may have been.',
  'Please keep the answer to three sentences and do not repeat what was said in the letter of 03/14/2026.',
] as const;

const padding = 'The tablet is taken in the morning with water, and breakfast follows half an hour later. ';

interface Message {
  readonly role: string;
  content: string;
}

/** From how many bytes on a body is a turn of a conversation that is sent along. */
const long = 4096;

export const isTurn = (bytes: number): boolean => bytes > long;

/** Questions of `bytes` bytes: short ones, or turns of a conversation that is sent along; each asks something else. */
export const bodiesOf = (bytes: number, stream = false): readonly string[] =>
  Array.from({ length: 50 }, (_, turn) => bodyOf(bytes, turn, stream));

function bodyOf(bytes: number, turn: number, stream: boolean): string {
  const messages: Message[] = [
    { role: 'system', content: 'Answer from the record.' },
    ...(isTurn(bytes) ? [0, 1, 2, 3] : []).flatMap((n): Message[] => [
      { role: 'user', content: turns[n] ?? '' },
      { role: 'assistant', content: '' },
    ]),
    { role: 'user', content: `${turns[4]} ${turns[0]} This is question ${String(turn).padStart(2, '0')}.` },
  ];
  const made = (): string => JSON.stringify({ model: 'sandbox-extractive', messages, stream });
  const padded = messages.filter(({ role }) => role !== 'user');
  for (let n = 0; made().length + padding.length <= bytes; n += 1) {
    const message = padded[n % padded.length];
    if (message !== undefined)
      message.content += `${turns[n % turns.length]} ${padding}`.slice(0, bytes - made().length);
  }
  const last = messages.at(-1);
  if (last !== undefined)
    last.content = last.content.padEnd(last.content.length + bytes - made().length, '.');
  return made();
}

/** One person and one value: what reading a record costs is next to nothing here. */
export const smallRecord = (now: number): object => {
  const day = new Date(now - 86_400_000).toISOString().slice(0, 10);
  const subject = { reference: 'Patient/small' };
  const resources = [
    {
      resourceType: 'Patient',
      id: 'small',
      active: true,
      name: [{ family: 'Brackenridge', given: ['Wilhelmina'] }],
      gender: 'female',
      birthDate: '1961-04-18',
    },
    {
      resourceType: 'Encounter',
      id: 'small-visit',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject,
      period: { start: `${day}T09:00:00Z`, end: `${day}T09:30:00Z` },
    },
    {
      resourceType: 'Observation',
      id: 'small-ldl',
      status: 'final',
      category: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' },
          ],
        },
      ],
      code: { coding: [{ system: 'http://loinc.org', code: '13457-7' }], text: 'LDL cholesterol' },
      subject,
      effectiveDateTime: `${day}T09:10:00Z`,
      valueQuantity: { value: 112, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
    },
  ];
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
};
