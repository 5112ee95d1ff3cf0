import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { loadTasks } from '../../../src/retrieval/task-catalogue.ts';
import { withinData } from '../../../src/retrieval/within-data.ts';

const tasks = loadTasks(join(fileURLToPath(new URL('../../../../', import.meta.url)), 'tasks'));
const within = (name: string, data: readonly string[]) => {
  const task = tasks.get(name);
  if (task === undefined) throw new Error('no such task');
  return withinData(task, data);
};

test('no task reads a type that was not asked for, and every step left out is named', () => {
  for (const task of tasks.list())
    for (const type of task.dataTypes) {
      const data = task.dataTypes.filter((one) => one !== type);
      const narrowed = withinData(task, data);
      if (narrowed === undefined) continue;
      const dropped = task.steps.filter((step) => !narrowed.steps.includes(step));
      expect(narrowed.steps.every((step) => data.includes(step.type))).toBe(true);
      expect(narrowed.dataTypes).not.toContain(type);
      expect(dropped.length).toBeGreaterThan(0);
      for (const step of dropped) expect(narrowed.notRead).toContain(step.type);
    }
});

test('all of it, or more, is the task itself', () => {
  const task = tasks.get('visit.prep');
  expect(within('visit.prep', [...(task?.dataTypes ?? []), 'Patient'])).toBe(task);
});

test('a step that waits for a visit which may not be read is left out and said', () => {
  const narrowed = within('visit.prep', ['Observation', 'Condition']);
  expect(narrowed?.steps.map(({ id }) => id)).toEqual(['problems']);
  expect(narrowed?.notRead).toEqual(expect.arrayContaining(['Encounter', 'Observation', 'Flag']));
  expect(narrowed?.notRead).not.toContain('Condition');
});

test('an order without its drug is not read', () => {
  expect(within('medication.reconciliation', ['MedicationRequest'])).toBeUndefined();
});
