import type { Address, Extension, HumanName } from 'fhir/r4.js';
import type { Chart } from '../chart.ts';
import { staffReference, terminology } from '../chart.ts';
import { households } from '../households.ts';
import { NoteBuilder } from '../note-builder.ts';
import type { PersonName } from '../person-name.ts';
import { relationWords } from '../scene.ts';
import { humanName, organizationReference, phone } from './directory.ts';

const systems = {
  mrn: 'https://riverbend.example.org/fhir/sid/mrn',
  ssn: 'http://hl7.org/fhir/sid/us-ssn',
  member: 'https://harbor-meadow.example.org/fhir/sid/member',
} as const;

const address = (home: keyof typeof households): Address => {
  const row = households[home];
  const first = `${row.number} ${row.street}`;
  return {
    use: 'home',
    line: 'unit' in row ? [first, row.unit] : [first],
    city: row.city,
    state: row.state,
    postalCode: row.postalCode,
    country: 'US',
  };
};

const birthSex: Readonly<Record<string, string>> = { female: 'F', male: 'M', other: 'UNK' };

/** The name in use, then maiden, former and nickname, and the name in its own script. */
const namesOf = (name: PersonName): HumanName[] => [
  humanName(name),
  ...(name.maiden === undefined
    ? []
    : [{ use: 'maiden' as const, family: name.maiden, given: [...name.given] }]),
  ...(name.former === undefined
    ? []
    : [{ use: 'old' as const, family: name.former.family, given: [...name.former.given] }]),
  ...(name.nickname === undefined ? [] : [{ use: 'nickname' as const, text: name.nickname }]),
  ...(name.native === undefined ? [] : [{ use: 'usual' as const, text: name.native }]),
];

/** Narrative as many servers generate it: name, birth date and number in XHTML. */
function narrative(chart: Chart): string {
  const { scene, identity } = chart;
  const note = new NoteBuilder('markup')
    .line`<div xmlns="http://www.w3.org/1999/xhtml"><p><b>${scene.patient.full}</b> (${chart.story.gender}, born ${scene.date(identity.birth, 'iso')})</p><p>MRN ${scene.mrn.plain}</p><p>${scene.home.full}</p></div>`.build();
  return chart.write(`Patient/${identity.id}`, 'text.div', note);
}

const typed = (code: string, display: string) => terminology('v2-0203', code, display).coding ?? [];

function labelledIdentifiers(chart: Chart) {
  const { identity } = chart;
  return [
    {
      use: 'usual' as const,
      type: { coding: typed('MR', 'Medical record number'), text: 'MRN' },
      system: systems.mrn,
      value: identity.mrn,
      assigner: organizationReference('clinic'),
    },
    {
      type: { coding: typed('SS', 'Social Security number') },
      system: systems.ssn,
      value: identity.ssn,
    },
    { type: { coding: typed('MB', 'Member Number') }, system: systems.member, value: identity.member },
  ];
}

export function addPatient(chart: Chart): void {
  const { story, identity, calendar } = chart;
  const sex: Extension = {
    url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex',
    valueCode: birthSex[story.gender] ?? 'UNK',
  };
  chart.add({
    resourceType: 'Patient',
    id: identity.id,
    meta: chart.meta(calendar.at(45), 'us-core-patient'),
    text: { status: 'generated', div: narrative(chart) },
    extension: [sex],
    identifier: labelledIdentifiers(chart),
    active: true,
    name: namesOf(story.name),
    telecom: [
      phone(households[story.home].phone, 'home'),
      ...(story.mobile === undefined ? [] : [phone(identity.mobile, 'mobile')]),
      ...(story.age < 13 ? [] : [{ system: 'email' as const, value: identity.email, use: 'home' as const }]),
    ],
    gender: story.gender,
    birthDate: calendar.date(identity.birth),
    address: [address(story.home)],
    ...(story.relatives.length === 0
      ? {}
      : {
          contact: story.relatives.map((row) => ({
            relationship: [terminology('v3-RoleCode', row.relationship, relationWords[row.relationship])],
            name: humanName(row.name),
            telecom: [phone(households[story.home].phone, 'home')],
          })),
        }),
    ...(story.language === undefined
      ? {}
      : {
          communication: [
            {
              language: {
                coding: [{ system: 'urn:ietf:bcp:47', ...story.language }],
                text: story.language.display,
              },
              preferred: true,
            },
          ],
        }),
    ...(story.team.includes('clinician') ? { generalPractitioner: [staffReference('clinician')] } : {}),
    managingOrganization: organizationReference('clinic'),
  });
}

/** RelatedPersons, in the order of the story; gives their ids back. */
export function addRelatives(chart: Chart): string[] {
  const { story, calendar } = chart;
  return story.relatives.map((row) => {
    const id = row.id ?? chart.newId('rel');
    chart.add({
      resourceType: 'RelatedPerson',
      id,
      meta: chart.meta(calendar.at(44), 'us-core-relatedperson'),
      active: true,
      patient: chart.subject,
      relationship: [terminology('v3-RoleCode', row.relationship, relationWords[row.relationship])],
      name: namesOf(row.name),
      telecom: [phone(households[story.home].phone, 'home')],
      address: [address(story.home)],
    });
    return id;
  });
}
