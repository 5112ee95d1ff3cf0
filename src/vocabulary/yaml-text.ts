import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';

/** Steps from the top of a document to a value in it. */
export type YamlPath = readonly (string | number)[];

export interface YamlText<Content = unknown> {
  readonly content: Content;
  /** The line, from 1, of what stands at a path; of what is nearest above it, where nothing stands there. */
  readonly lineOf: (path: YamlPath) => number;
}

export interface PlacedFault {
  readonly line: number;
  readonly reason: string;
}

/** A text that cannot be used: every line that is at fault, and why. Who knows the file names it. */
export class YamlFault extends Error {
  readonly faults: readonly [PlacedFault, ...PlacedFault[]];

  constructor(first: PlacedFault, ...more: readonly PlacedFault[]) {
    super([first, ...more].map(({ line, reason }) => `line ${line}: ${reason}`).join('\n'));
    this.name = 'YamlFault';
    this.faults = [first, ...more];
  }
}

const mostLetters = 1_048_576;

/**
 * Reads YAML 1.2, which holds JSON, strictly: no key twice or of several values, nothing that the parser only warns of, and no more than
 * `aliases` places that repeat another one, because a small text can say by them what no memory holds. Throws YamlFault.
 */
export function readYaml(text: string, aliases = 0): YamlText {
  if (text.length > mostLetters) throw new YamlFault({ line: 1, reason: 'the file is larger than 1 MB' });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, stringKeys: true });
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1;
    throw new YamlFault({ line, reason: `this is not valid YAML or JSON (${error.code})` });
  }
  return {
    content: contentOf(document, aliases, lines),
    lineOf(path) {
      for (let depth = path.length; depth > 0; depth -= 1) {
        const at = placeOf(document, path.slice(0, depth));
        if (at !== undefined) return lines.linePos(at).line;
      }
      return 1;
    },
  };
}

/** Reads what must fit a schema. Throws YamlFault with all faults that `validate` names, one by one. */
export function readYamlAs<Content>(
  text: string,
  validate: ValidateFunction<Content>,
  aliases = 0,
): YamlText<Content> {
  const { content, lineOf } = readYaml(text, aliases);
  if (validate(content)) return { content, lineOf };
  const faults = (validate.errors ?? []).map((error) => placed(error, lineOf));
  throw new YamlFault(faults[0] ?? { line: 1, reason: '/ does not fit the schema' }, ...faults.slice(1));
}

function contentOf(document: Document, aliases: number, lines: LineCounter): unknown {
  try {
    const content: unknown = document.toJS({ maxAliasCount: aliases });
    return content;
  } catch {
    let first = 0;
    visit(document, {
      Alias(_key, { range }) {
        first = range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    const reason = aliases === 0 ? 'YAML aliases are not read' : 'too many YAML aliases';
    throw new YamlFault({ line: lines.linePos(first).line, reason });
  }
}

/** Where a value stands, or the key of a mapping: that one may begin a line later. */
function placeOf(document: Document, path: YamlPath): number | undefined {
  const node: unknown = document.getIn(path, true);
  const parent: unknown = document.getIn(path.slice(0, -1), true);
  const pair =
    isMap(node) && isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
      : undefined;
  const shown: unknown = pair?.key ?? node;
  return isNode(shown) ? shown.range?.[0] : undefined;
}

/** A fault of the schema, named by its JSON Pointer; a property that it does not know is what the line is of. */
function placed(
  { instancePath, message = 'does not fit the schema', params, propertyName }: ErrorObject,
  lineOf: YamlText['lineOf'],
): PlacedFault {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const unknown: unknown = params['additionalProperty'] ?? params['unevaluatedProperty'] ?? propertyName;
  const named = typeof unknown === 'string' ? [unknown] : [];
  return {
    line: lineOf([...steps, ...named]),
    reason: `${[instancePath || '/', ...named].join(': ')} ${message}`,
  };
}
