import { day } from './calendar.ts';
import { households } from './households.ts';
import type { Identity } from './identity.ts';
import type { Mention } from './note-builder.ts';
import type { StaffKey } from './staff.ts';
import { organizations, staff } from './staff.ts';
import type { Relationship, Story } from './story.ts';
import type { AddressForms, DateForm, NameForms, PhoneForm } from './written-forms.ts';
import {
  addressForms,
  dateForms,
  dateMention,
  emailMention,
  idMention,
  nameForms,
  organizationMention,
  phoneForms,
  phoneMention,
} from './written-forms.ts';

/** Everything a note may mention, ready to be written; no template sees a bare name or number. */
export interface Scene {
  readonly patient: NameForms;
  readonly relatives: readonly RelativeVoice[];
  readonly home: AddressForms;
  /** Age at an instant: `46-year-old`, `5-month-old`; over 89 the number is an identifier. */
  years(instant: number): string | Mention;
  readonly words: PatientWords;
  readonly birth: number;
  readonly mrn: { readonly plain: Mention; readonly dashed: Mention };
  readonly ssn: { readonly plain: Mention; readonly bare: Mention; readonly lastFour: Mention };
  readonly member: Mention;
  readonly account: Mention;
  readonly email: Mention;
  readonly homePhone: string;
  readonly mobile: string;
  /** Without a form, the forms take turns, so that a set of notes shows them all. */
  date(instant: number, form?: DateForm): Mention;
  phone(number: string, form?: PhoneForm): Mention;
  staff(key: StaffKey): StaffVoice;
  readonly clinic: { readonly full: Mention; readonly short: Mention };
  readonly hospital: { readonly full: Mention; readonly short: Mention };
  readonly laboratory: Mention;
  readonly payer: Mention;
}

export interface RelativeVoice extends NameForms {
  /** `daughter` */
  readonly word: string;
  readonly Word: string;
}

interface StaffVoice extends NameForms {
  readonly number: string;
  readonly mail: Mention;
}

interface PatientWords {
  readonly noun: string;
  readonly she: string;
  readonly She: string;
  readonly her: string;
  readonly Her: string;
}

export const relationWords: Readonly<Record<Relationship, string>> = {
  MTH: 'mother',
  FTH: 'father',
  DAUC: 'daughter',
  SONC: 'son',
  HUSB: 'husband',
  WIFE: 'wife',
  SIS: 'sister',
  BRO: 'brother',
};

const wordsOf = (story: Story): PatientWords => {
  const small = story.age < 13;
  if (story.gender === 'female')
    return { noun: small ? 'girl' : 'woman', she: 'she', She: 'She', her: 'her', Her: 'Her' };
  if (story.gender === 'male')
    return { noun: small ? 'boy' : 'man', she: 'he', She: 'He', her: 'his', Her: 'His' };
  return { noun: 'person', she: 'they', She: 'They', her: 'their', Her: 'Their' };
};

/** Completed years between two instants, by the UTC calendar. */
function yearsAt(birth: number, instant: number): string | Mention {
  const [from, to] = [new Date(birth), new Date(instant)];
  const birthday = Date.UTC(to.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
  const years = to.getUTCFullYear() - from.getUTCFullYear() - (instant < birthday ? 1 : 0);
  if (years < 1) return `${Math.floor((instant - birth) / (30.44 * day))}-month-old`;
  const after = '-year-old';
  return years < 90 ? `${years}${after}` : { type: 'AGE', form: 'age.over-89', text: String(years), after };
}

/** Hands out the elements one after the other, for ever. */
function taking<T>(list: readonly T[], first: number): () => T | undefined {
  let turn = first;
  return () => list[turn++ % list.length];
}

/** `turn` (any whole number) decides with which written forms this patient's notes begin. */
export function sceneOf(story: Story, identity: Identity, turn: number): Scene {
  const home = households[story.home];
  const nextDate = taking(dateForms, turn);
  const nextPhone = taking(phoneForms, turn);
  return {
    patient: nameForms(story.name, 'PATIENT'),
    relatives: story.relatives.map((row) => {
      const word = relationWords[row.relationship];
      return {
        ...nameForms(row.name, 'RELATIVE'),
        word,
        Word: word.charAt(0).toUpperCase() + word.slice(1),
      };
    }),
    home: addressForms(home),
    years: (instant) => yearsAt(identity.birth, instant),
    words: wordsOf(story),
    birth: identity.birth,
    mrn: {
      plain: idMention('mrn', identity.mrn),
      dashed: idMention('mrn-dashed', `${identity.mrn.slice(0, 4)}-${identity.mrn.slice(4)}`),
    },
    ssn: {
      plain: idMention('ssn', identity.ssn),
      bare: idMention('ssn-bare', identity.ssn.replaceAll('-', '')),
      lastFour: idMention('ssn-last-four', identity.ssn.slice(-4)),
    },
    member: idMention('member', identity.member),
    account: idMention('account', identity.account),
    email: emailMention(identity.email),
    homePhone: home.phone,
    mobile: identity.mobile,
    date: (instant, form) => dateMention(instant, form ?? nextDate() ?? 'iso'),
    phone: (number, form) => phoneMention(number, form ?? nextPhone() ?? 'dashes'),
    staff: (key) => ({
      ...nameForms(staff[key].name, 'CLINICIAN'),
      number: staff[key].phone,
      mail: emailMention(staff[key].email),
    }),
    clinic: {
      full: organizationMention('full', organizations.clinic.name),
      short: organizationMention('short', organizations.clinic.short),
    },
    hospital: {
      full: organizationMention('full', organizations.hospital.name),
      short: organizationMention('short', organizations.hospital.short),
    },
    laboratory: organizationMention('full', organizations.laboratory.name),
    payer: organizationMention('full', organizations.payer.name),
  };
}
