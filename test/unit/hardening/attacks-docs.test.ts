import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { productRoot } from '../../../src/config/product-folder.ts';
import { attacks, type Closing, rowOf } from './attacks.ts';

const testFolder = join(productRoot(), 'test');
const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);

const callsOfTests = new Set(['it', 'test']);

/** Text of a literal or, of a template, what stands between its quotes. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? node.getText().slice(1, -1) : undefined;
}

/** Name of what is called in `it(…)`, `test.each(…)(…)`; not of `it.skip(…)`. */
function calledTest(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  const each = ts.isCallExpression(node) ? node.expression : undefined;
  if (each === undefined || !ts.isPropertyAccessExpression(each) || each.name.text !== 'each')
    return undefined;
  return ts.isIdentifier(each.expression) ? each.expression.text : undefined;
}

/** Titles of the tests of a source, and every text and member name in it. */
function read(source: ts.SourceFile) {
  const titles = new Set<string>();
  const texts = new Set<string>();
  const imports: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) texts.add(text);
    if (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) texts.add(node.name.getText());
    if (ts.isImportDeclaration(node)) imports.push(textOf(node.moduleSpecifier) ?? '');
    if (ts.isCallExpression(node) && callsOfTests.has(calledTest(node.expression) ?? '')) {
      const [title] = node.arguments;
      const named = title === undefined ? undefined : textOf(title);
      if (named !== undefined) titles.add(named);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { titles, texts, imports };
}

/** Where the rows of a test stand: in its own file, or in the tables beside it. */
function known(file: string): { readonly titles: ReadonlySet<string>; readonly texts: ReadonlySet<string> } {
  const path = join(testFolder, `${file}.test.ts`);
  const { titles, texts, imports } = read(parse(path));
  for (const one of imports.filter((name) => name.startsWith('./')))
    for (const text of read(parse(join(dirname(path), one))).texts) texts.add(text);
  return { titles, texts };
}

const closings: readonly Closing[] = Object.values(attacks)
  .flat()
  .flatMap(({ closedBy }) => closedBy);

it('every attack is closed by tests that exist', () => {
  const files = [...new Set(closings.map(({ file }) => file))];
  expect(files.filter((file) => !existsSync(join(testFolder, `${file}.test.ts`)))).toEqual([]);
  const sources = new Map(files.map((file) => [file, known(file)]));
  expect(
    closings.filter(({ file, row, title }) => {
      const source = sources.get(file);
      return source?.titles.has(title) !== true || (row !== undefined && !source.texts.has(row));
    }),
  ).toEqual([]);
  expect(
    Object.values(attacks).flatMap((list) => list.filter(({ closedBy }) => closedBy.length === 0)),
  ).toEqual([]);
});

it('a title that no test has is noticed, and so is one that is skipped', () => {
  const source = ts.createSourceFile(
    'x.ts',
    "it.skip('skipped', f); it('plain', f); test.each([['row']])('each %s', f); describe('group', f);",
    ts.ScriptTarget.Latest,
    true,
  );
  expect([...read(source).titles]).toEqual(['plain', 'each %s']);
});

it('docs/attacks.md lists every attack with its tests, and none besides', () => {
  const documented = readFileSync(join(productRoot(), 'docs', 'attacks.md'), 'utf8')
    .split('\n## ')
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return [title.trim(), lines.filter((line) => /^\| (?!attack \||-)/.test(line))] as const;
    });
  expect(Object.fromEntries(documented)).toEqual(
    Object.fromEntries(Object.entries(attacks).map(([title, list]) => [title, list.map(rowOf)])),
  );
});

it('no two attacks share a name', () => {
  const names = Object.entries(attacks).flatMap(([title, list]) =>
    list.map(({ name }) => `${title}: ${name}`),
  );
  expect(names.length).toBe(new Set(names).size);
  const lines = Object.entries(attacks).map(
    ([title, list]) => `${title} (${list.length}): ${list.map(({ name }) => name).join('; ')}`,
  );
  const tests = new Set(closings.map(({ file, row, title }) => JSON.stringify([file, title, row ?? ''])));
  console.log(
    `attacks with a test each: ${names.length}, closed by ${tests.size} tests\n${lines.join('\n')}`,
  );
});
