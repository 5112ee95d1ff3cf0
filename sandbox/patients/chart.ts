import type { CodeableConcept, Coding, FhirResource, Meta, Reference } from 'fhir/r4.js';
import { codeSystems } from '../../src/vocabulary/fhir.ts';
import type { TokenType } from '../../src/vocabulary/token.ts';
import type { Calendar } from './calendar.ts';
import type { Sensitivity } from './codes/problems.ts';
import type { Identity } from './identity.ts';
import type { Note } from './note-builder.ts';
import { fullName } from './person-name.ts';
import type { Stream } from './random.ts';
import type { Scene } from './scene.ts';
import type { StaffKey } from './staff.ts';
import { staff } from './staff.ts';
import type { Story } from './story.ts';

/** One identifier that the generator wrote into free text. `value` is `text.slice(start, end)`, UTF-16. */
export interface GoldSpan {
  /** `DocumentReference/{id}`: the resource that holds the text, or names the Binary that does. */
  readonly resource: string;
  /** FHIRPath-like: `content[0].attachment`, `note[0].text`. */
  readonly path: string;
  /** The whole text, decoded; for markup, the markup. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  /** Way of writing, for figures by form: `name.last-first`, `date.us-short`. */
  readonly form: string;
  readonly value: string;
  /** Id of the patient in whose record the text stands. */
  readonly patient: string;
}

const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition/';

/** The growing record of one patient. */
export class Chart {
  readonly story: Story;
  readonly identity: Identity;
  readonly calendar: Calendar;
  readonly stream: Stream;
  readonly scene: Scene;
  readonly entries: FhirResource[] = [];
  readonly spans: GoldSpan[] = [];

  constructor(story: Story, identity: Identity, calendar: Calendar, stream: Stream, scene: Scene) {
    this.story = story;
    this.identity = identity;
    this.calendar = calendar;
    this.stream = stream;
    this.scene = scene;
  }

  /** `Patient/{id}` with the display that careless systems write along. */
  get subject(): Reference {
    return { reference: `Patient/${this.identity.id}`, display: fullName(this.story.name) };
  }

  /** The instant so many days ago, or the birth where that is later. */
  since(daysAgo: number): number {
    return Math.max(this.calendar.at(daysAgo), this.identity.birth);
  }

  newId(prefix: string): string {
    return `${prefix}-${this.stream.word(14, '0123456789abcdef')}`;
  }

  add(resource: FhirResource): void {
    this.entries.push(resource);
  }

  /** Registers the spans of a text under the place where it stands, and gives the text back. */
  write(resource: string, path: string, note: Note): string {
    for (const { start, end, mention } of note.spans)
      this.spans.push({
        resource,
        path,
        text: note.text,
        start,
        end,
        type: mention.type,
        form: mention.form,
        value: note.text.slice(start, end),
        patient: this.identity.id,
      });
    return note.text;
  }

  /** `updated` in epoch ms; labels are set only where the story's source system labels. */
  meta(updated: number, profile?: string, label?: Sensitivity): Meta {
    const security: Coding[] = [];
    const { labelled, whole } = this.story;
    if (labelled === true && (label !== undefined || whole !== undefined))
      security.push({ system: codeSystems.confidentiality, code: 'R', display: 'restricted' });
    if (labelled === true && label !== undefined) security.push({ system: codeSystems.actCode, code: label });
    if (labelled === true && whole !== undefined) security.push({ system: codeSystems.actCode, code: whole });
    return {
      versionId: '1',
      lastUpdated: this.calendar.stamp(Math.min(updated, this.calendar.now)),
      ...(profile === undefined ? {} : { profile: [`${usCore}${profile}`] }),
      ...(security.length === 0 ? {} : { security }),
    };
  }
}

export const staffReference = (key: StaffKey): Reference => ({
  reference: `Practitioner/${staff[key].id}`,
  display: `${fullName(staff[key].name)}${'suffix' in staff[key].name ? `, ${staff[key].name.suffix}` : ''}`,
});

export const concept = (system: string, code: string, display: string): CodeableConcept => ({
  coding: [{ system, code, display }],
  text: display,
});

/** Codes of the HL7 terminology server: `terminology('condition-category', 'problem-list-item')`. */
export const terminology = (name: string, code: string, display?: string): CodeableConcept => ({
  coding: [
    {
      system: `http://terminology.hl7.org/CodeSystem/${name}`,
      code,
      ...(display === undefined ? {} : { display }),
    },
  ],
});
