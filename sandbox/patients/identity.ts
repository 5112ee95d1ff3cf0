import type { Calendar } from './calendar.ts';
import { birthDay } from './calendar.ts';
import { households } from './households.ts';
import { calledName } from './person-name.ts';
import type { Stream } from './random.ts';
import type { Story } from './story.ts';

/** The numbers and addresses of one patient, drawn from the patient's own stream. */
export interface Identity {
  /** Random UUID shape: never made of the name. */
  readonly id: string;
  readonly mrn: string;
  /** Never-issued range: area numbers 900-999 with a middle part below 50 are neither SSN nor ITIN. */
  readonly ssn: string;
  readonly member: string;
  readonly account: string;
  readonly email: string;
  readonly mobile: string;
  /** Epoch ms, midnight UTC. */
  readonly birth: number;
}

const digits = '0123456789';
const hexadecimal = '0123456789abcdef';

const uuidShape = (stream: Stream): string =>
  [8, 4, 4, 4, 12].map((length) => stream.word(length, hexadecimal)).join('-');

export function identityOf(story: Story, stream: Stream, calendar: Calendar): Identity {
  const home = households[story.home];
  const local = `${calledName(story.name)}.${story.name.family}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  const area = home.phone.slice(0, 3);
  return {
    id: uuidShape(stream),
    mrn: `00${stream.integer(1, 9)}${stream.word(5, digits)}`,
    ssn: `9${stream.word(2, digits)}-${String(stream.integer(1, 49)).padStart(2, '0')}-${stream.word(4, digits)}`,
    member: `HMX${stream.word(9, digits)}-0${stream.integer(1, 4)}`,
    account: `A-${stream.word(7, digits)}`,
    email: `${local}${stream.integer(10, 99)}@mail.example.org`,
    mobile: story.mobile === undefined ? home.phone : `${area}-555-${story.mobile}`,
    birth: birthDay(calendar.now, story.age, story.sinceBirthday),
  };
}
