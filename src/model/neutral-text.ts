/**
 * Takes from text that others wrote everything that a model or its chat template may read as structure: invisible
 * characters, template tokens, the delimiters of the data part and the shape of citation keys. What a reader sees
 * stays readable. The tables are data; StruQ (USENIX Security 2025) calls the step front-end filtering.
 */
const invisible = /[^\P{Cc}\t\n]|[\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;

/** Each match gets a space after its first character, so that no tokenizer sees it as a special token. */
const templateTokens: readonly RegExp[] = [
  /<\|/g,
  /\|>/g,
  /<｜|｜>/g,
  /\[\/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\]/gi,
  /<<\/?SYS>>/gi,
  /<\/?(?:s|bos|eos|pad|unk|start_of_turn|end_of_turn|tool_call|tool_response|think)>/gi,
  /<\/?(?:system|user|assistant|function_calls|instructions)>/gi,
];

const split = (token: string): string => `${token.charAt(0)} ${token.slice(1)}`;

/** `Human:` and its like at the start of a line would open a turn in plain-text templates. */
const turn = /^([ \t]*#{0,4} ?)(system|user|assistant|human|ai|instruction|response)(:)/gim;

/** For text outside the data part. `marker` is the one of this request: nobody else may write it. */
export function neutralise(text: string, marker: string): string {
  let out = text.replace(/\r\n?/g, '\n').replace(invisible, '').replaceAll(marker, ' ');
  for (const token of templateTokens) out = out.replace(token, split);
  return out.replace(turn, '$1$2 $3');
}

/** Runs of three angle brackets are the data part's own delimiters. */
const delimiters = /<{3,}|>{3,}/g;
const keyShape = /\[([A-Z]\d{1,4})\]/g;

/** For text inside the data part: also no delimiter and no citation key. */
export const neutraliseData = (text: string, marker: string): string =>
  neutralise(text, marker)
    .replace(delimiters, (run) => run.split('').join(' '))
    .replace(keyShape, '($1)');
