/**
 * Proves that whoever has a message of the Agent SDK has one of ours: a handler that is written for `ClaudeMessage` takes
 * it as it is. There is nothing to run; the compiler is the test (`npm run types:sdk`).
 */
import type {
  SDKAssistantMessage,
  SDKMessage,
  SDKPartialAssistantMessage,
  SDKUserMessage,
} from '@anthropic-ai/claude-agent-sdk';
import type { ClaudeMessage, Message } from '../../src/index.ts';

/** What `nameOf` calls a message. */
type NameOf<Any> = Any extends { type: 'system'; subtype: infer Subtype extends string }
  ? `system/${Subtype}`
  : Any extends { type: infer Type extends string }
    ? Type
    : never;

/** The members of a union that go by a name. */
type Named<Union, Name> = Union extends unknown ? (NameOf<Union> extends Name ? Union : never) : never;

type TheirName = NameOf<SDKMessage>;
type OurName = NameOf<ClaudeMessage>;
type CommonName = TheirName & OurName;

/** Names whose message of theirs does not fit ours. */
type Misfit = {
  [Name in CommonName]: [Named<SDKMessage, Name>] extends [Named<ClaudeMessage, Name>] ? never : Name;
}[CommonName];

/** Names in their union that no schema of ours has: such messages are kept, as unknown ones. */
type Unnamed = Exclude<TheirName, OurName>;

declare function expectNone<Type extends never>(): Type;
declare function expectFalse<Type extends false>(): Type;
declare const theirs: Exclude<SDKMessage, Named<SDKMessage, Unnamed>>;

// An import that does not resolve would be `any`, and `any` fits everything.
type IsAny<Type> = 0 extends 1 & Type ? true : false;
expectFalse<IsAny<SDKMessage>>();
expectFalse<IsAny<SDKAssistantMessage['message']>>();
expectFalse<IsAny<SDKUserMessage['message']>>();
expectFalse<IsAny<SDKPartialAssistantMessage['event']>>();

expectNone<Misfit>();
expectNone<Unnamed>();
theirs satisfies ClaudeMessage;
theirs satisfies Message;
