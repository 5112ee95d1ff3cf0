import { Buffer } from 'node:buffer';
import type { Attachment, CodeableConcept, DocumentReference } from 'fhir/r4.js';
import { codeSystems } from '../../../src/vocabulary/fhir.ts';
import { hour } from '../calendar.ts';
import type { Chart } from '../chart.ts';
import { concept, staffReference } from '../chart.ts';
import type { DocumentKind } from '../codes/documents.ts';
import { documentTypes } from '../codes/documents.ts';
import type { ProblemKey } from '../codes/problems.ts';
import { dischargeSummary, emergencyNote } from '../notes/hospital.ts';
import { consultLetter, imagingReport, visitSummaryPage } from '../notes/letters.ts';
import type { NoteTemplate } from '../notes/occasion.ts';
import { briefNote, progressNote, telephoneNote } from '../notes/progress.ts';
import type { StaffKey } from '../staff.ts';
import { organizationReference } from './directory.ts';
import type { Visit } from './visits.ts';

interface DocumentRow {
  readonly kind: DocumentKind;
  readonly template: NoteTemplate;
  readonly start: number;
  readonly end: number;
  readonly by: StaffKey;
  readonly problems: readonly ProblemKey[];
  readonly encounter?: string;
  readonly contentType?: string;
  /** The text is in the resource itself, or in a Binary that it names. */
  readonly place?: 'inline' | 'binary';
  readonly status?: DocumentReference['status'];
  /** Id of the document that this one replaces. */
  readonly replaces?: string;
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const clinicalNote: CodeableConcept = {
  coding: [
    {
      system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
      code: 'clinical-note',
      display: 'Clinical Note',
    },
  ],
};

/** Adds the document and gives back its id and attachment. */
function addDocument(chart: Chart, row: DocumentRow): { id: string; attachment: Attachment } {
  const { calendar, scene } = chart;
  const id = chart.newId('doc');
  const type = documentTypes[row.kind];
  const text = chart.write(
    `DocumentReference/${id}`,
    'content[0].attachment',
    row.template({ ...row, scene }),
  );
  const written = row.end + hour;
  const contentType = row.contentType ?? 'text/plain; charset=utf-8';
  const common = { contentType, title: type.display, creation: calendar.stamp(written) };
  const meta = chart.meta(written, 'us-core-documentreference');
  const binary = row.place === 'binary' ? chart.newId('bin') : undefined;
  if (binary !== undefined)
    chart.add({
      resourceType: 'Binary',
      id: binary,
      meta: chart.meta(written),
      contentType,
      securityContext: { reference: `DocumentReference/${id}` },
      data: base64(text),
    });
  const attachment: Attachment =
    binary === undefined ? { ...common, data: base64(text) } : { ...common, url: `Binary/${binary}` };
  chart.add({
    resourceType: 'DocumentReference',
    id,
    meta,
    identifier: [{ system: 'https://riverbend.example.org/fhir/sid/document', value: id }],
    status: row.status ?? 'current',
    docStatus: 'final',
    type: concept(codeSystems.loinc, type.loinc, type.display),
    category: [clinicalNote],
    subject: chart.subject,
    date: calendar.stamp(written),
    author: [staffReference(row.by)],
    custodian: organizationReference(row.kind === 'discharge' ? 'hospital' : 'clinic'),
    ...(row.replaces === undefined
      ? {}
      : {
          relatesTo: [
            { code: 'replaces' as const, target: { reference: `DocumentReference/${row.replaces}` } },
          ],
        }),
    content: [{ attachment }],
    context: {
      ...(row.encounter === undefined ? {} : { encounter: [{ reference: `Encounter/${row.encounter}` }] }),
      period: { start: calendar.stamp(row.start), end: calendar.stamp(row.end) },
    },
  });
  return { id, attachment };
}

/** The imaging text as a document and, byte for byte, as a report's presentedForm. */
function addImaging(chart: Chart, row: DocumentRow): void {
  const { attachment, id: document } = addDocument(chart, row);
  const { calendar } = chart;
  const id = chart.newId('rep');
  for (const span of chart.spans.filter(({ resource }) => resource === `DocumentReference/${document}`))
    chart.spans.push({ ...span, resource: `DiagnosticReport/${id}`, path: 'presentedForm[0]' });
  chart.add({
    resourceType: 'DiagnosticReport',
    id,
    meta: chart.meta(row.end + hour, 'us-core-diagnosticreport-note'),
    status: 'final',
    category: [concept(codeSystems.loinc, 'LP29684-5', 'Radiology')],
    code: concept(codeSystems.loinc, '30745-4', 'XR Chest Views'),
    subject: chart.subject,
    effectiveDateTime: calendar.stamp(row.start),
    issued: calendar.stamp(row.end + hour),
    performer: [staffReference(row.by)],
    presentedForm: [attachment],
  });
}

/** Which note a visit leaves behind, by its place in the order (the newest clinic visit always has a full one). */
function visitTemplate(
  visit: Visit,
  index: number,
  newest: Visit | undefined,
): Partial<DocumentRow> | undefined {
  if (visit.running || visit.kind === 'admission') return undefined;
  if (visit.kind === 'emergency') return { kind: 'emergency', template: emergencyNote };
  if (visit.kind === 'telehealth')
    return { template: visitSummaryPage, contentType: 'text/html', place: 'binary' };
  if (visit === newest) return { template: progressNote };
  return index % 3 === 0
    ? { template: visitSummaryPage, contentType: 'application/xhtml+xml' }
    : { template: index % 3 === 1 ? briefNote : progressNote };
}

function addDischarge(chart: Chart, visit: Visit, superseded: boolean): void {
  const row: DocumentRow = {
    kind: 'discharge',
    template: dischargeSummary,
    start: visit.start,
    end: visit.end,
    by: visit.by,
    problems: [visit.problem, ...chart.story.problems.filter((key) => key !== visit.problem)],
    encounter: visit.id,
  };
  const draft = superseded ? addDocument(chart, { ...row, status: 'superseded' }) : undefined;
  addDocument(chart, {
    ...row,
    end: visit.end + (superseded ? 2 * hour : 0),
    ...(superseded ? {} : { place: 'binary' as const }),
    ...(draft === undefined ? {} : { replaces: draft.id }),
  });
}

/** A file that says it is a PDF and is none: a reader has to give up on it and say so. */
function addUnreadable(chart: Chart): void {
  const { calendar } = chart;
  const id = chart.newId('doc');
  const scanned = calendar.at(5, 11);
  const type = documentTypes.progress;
  chart.add({
    resourceType: 'DocumentReference',
    id,
    meta: chart.meta(scanned, 'us-core-documentreference'),
    status: 'current',
    type: concept(codeSystems.loinc, type.loinc, type.display),
    category: [clinicalNote],
    subject: chart.subject,
    date: calendar.stamp(scanned),
    author: [staffReference('nurse')],
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          title: 'Scanned letter',
          creation: calendar.stamp(scanned),
          data: base64(`%PDF-1.7\n${chart.stream.word(400, '\u0001\u0002\u0003\u0080\u00ff')}`),
        },
      },
    ],
  });
}

export function addDocuments(chart: Chart, visits: readonly Visit[]): void {
  const { calendar, story } = chart;
  const newest = visits.findLast(({ kind, running }) => kind === 'clinic' && !running);
  visits.forEach((visit, index) => {
    const found = visitTemplate(visit, index, newest);
    if (found !== undefined)
      addDocument(chart, {
        kind: 'progress',
        template: progressNote,
        start: visit.start,
        end: visit.end,
        by: visit.by,
        problems: story.problems,
        encounter: visit.id,
        ...found,
      });
    if (visit.kind === 'admission') addDischarge(chart, visit, story.record === 'long');
  });
  const after = (daysAgo: number, kind: DocumentKind, template: NoteTemplate, by: StaffKey): DocumentRow => {
    const start = calendar.at(daysAgo, 14);
    return { kind, template, start, end: start, by, problems: story.problems };
  };
  const specialist = story.team.find((key) => key === 'psychiatrist') ?? 'cardiologist';
  if (story.age >= 18) addDocument(chart, after(66, 'consult', consultLetter, specialist));
  if (story.unreadable === true) addUnreadable(chart);
  addDocument(chart, after(7, 'telephone', telephoneNote, 'nurse'));
  if (story.age >= 18) addImaging(chart, after(12, 'imaging', imagingReport, 'hospitalist'));
}
