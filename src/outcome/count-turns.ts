import { isUnknown, type Message } from '../messages/types.ts';

/** Counts how often the model has answered, its subagents aside. */
export interface TurnCounter {
  see(message: Message): void;
  turns(): number;
}

export function countTurns(): TurnCounter {
  let turns = 0;
  let newest: string | null = null;
  return {
    see(message) {
      if (isUnknown(message) || message.type !== 'assistant' || message.parent_tool_use_id) return;
      // Each block of an answer is a message of its own on the wire, with the id of the answer.
      if (message.message.id !== newest) turns++;
      newest = message.message.id;
    },
    turns: () => turns,
  };
}
