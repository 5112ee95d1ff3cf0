const stored = 'Nothing is stored between requests: send the whole conversation.';
const tools = 'No task of this gateway lets a model call tools.';
/** Said of a part of a content that holds anything else. */
export const textAlone = 'Only text is taken: no images, audio, files or addresses of any.';

const elsewhere = 'The OpenAI API has no such member, and a model of this gateway is sent none.';

/**
 * Members of the OpenAI APIs that are refused, and why. All members that a schema does not know are; these are the
 * ones whose names clients know, so that a refusal may repeat them.
 */
export const refusedMembers: Readonly<Record<string, string>> = {
  previous_response_id: stored,
  conversation: stored,
  prompt: stored,
  store: stored,
  background: stored,
  vector_store_ids: stored,
  item_reference: stored,
  tools,
  tool_choice: tools,
  functions: tools,
  function_call: tools,
  max_tool_calls: tools,
  web_search_options: tools,
  context_management: stored,
  modalities: textAlone,
  audio: textAlone,
  image_url: textAlone,
  input_audio: textAlone,
  file: textAlone,
  file_id: textAlone,
  file_data: textAlone,
  file_url: textAlone,
  detail: textAlone,
  top_k: elsewhere,
  min_p: elsewhere,
  repetition_penalty: elsewhere,
  best_of: elsewhere,
  thinking: elsewhere,
  extra_body: elsewhere,
  chat_template_kwargs: elsewhere,
  guided_json: elsewhere,
  cache_control: elsewhere,
  reasoning_content: elsewhere,
};

/** Members that are taken with the value that means nothing more, and why with no other. */
export const nothingMore: Readonly<Record<string, string>> = {
  n: 'One answer is given to a request: `n` is 1.',
  logprobs: 'An answer has no log probabilities.',
  top_logprobs: 'An answer has no log probabilities.',
  truncation: 'Nothing is cut from a conversation: send what is to be read.',
  include: 'An answer has nothing that could be included.',
};
