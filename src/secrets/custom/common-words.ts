/**
 * Words that cannot be secrets: claude's messages are made of the first, and the redactor goes by the others. Masking
 * them would make both unreadable, and a hostile project's file could ask for that.
 */
const COMMON_WORDS: readonly string[] =
  'type subtype message messages content role text result success error system user assistant init event delta index usage model name input output tool tools tool_use tool_result tool_use_id session_id uuid stream_event thinking status code true false null password passwd pass pwd secret token key keys apikey api_key auth authorization bearer basic cookie login private credential credentials http https'.split(
    ' ',
  );

/** The first word that `matches` takes for a secret, if there is one. */
export function commonWordAmong(matches: (word: string) => boolean): string | undefined {
  return COMMON_WORDS.find((word) => matches(word));
}
