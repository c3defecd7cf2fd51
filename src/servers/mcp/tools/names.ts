export const QUERY_TOOL = 'claude_query';
export const MESSAGES_TOOL = 'claude_query_messages';
