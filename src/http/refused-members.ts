const stored = 'Nothing is stored between requests: send the whole conversation.';
const tools = 'No task of this gateway lets a model call tools.';
const parts = 'Only text is taken: no images, audio, files or addresses of any.';

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
  modalities: parts,
  audio: parts,
  image_url: parts,
  input_audio: parts,
  file: parts,
  file_id: parts,
  file_data: parts,
  file_url: parts,
  detail: parts,
};
