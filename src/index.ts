/**
 * sluice as a library: run claude, take its events, know how it ended. Importing it loads no command line.
 * @module
 */
export { run, stream } from './run.ts';
export type { Answer, AnswerCache, KeptAnswer, Turn } from './run/cache/answer-cache.ts';
export type { Budget, Spending } from './run/budget.ts';
export type { Approver, Decision, Host, RunRequest, Suspension, ToolCall } from './run.ts';
export type { IdleLimits } from './request/kinds/idle-limits.ts';
export { createPool } from './run/pool.ts';
export type { Pool, PoolOptions, PoolState } from './run/pool.ts';
export { replay } from './replay.ts';
export type { ReplayHost, ReplayRequest } from './replay.ts';
export type { Chunks } from './stream/as-bytes.ts';
export type { ClaudeOptions } from './request/run-options.ts';
export { MAX_CHARS, MAX_MESSAGES } from './request/run-options/messages.ts';
export type { PermissionMode } from './request/run-options/permissions.ts';
export { PROMPT_LIMIT } from './request/run-options/prompt.ts';
export type { Attachment, Prompt } from './request/prompt.ts';
export { SluiceError } from './errors.ts';
export type { NameOption, SluiceErrorCode, Wording } from './errors.ts';

export { classify } from './outcome/classify.ts';
export { foldFacts } from './outcome/facts.ts';
export type { FactsFold, StreamFacts } from './outcome/facts.ts';
export type { Evidence, StopReason } from './outcome/evidence.ts';
export { EXIT_CODES, INTERRUPT_EXIT_CODES } from './outcome/classes.ts';
export type { InterruptReason, OutcomeClass } from './outcome/classes.ts';
export type { Outcome, OutcomeEvidence } from './outcome/outcome.ts';
export { FINDINGS_SCHEMA } from './outcome/findings.ts';
export type { Findings } from './outcome/findings.ts';
export { bundleSchema } from './outcome/bundle.ts';
export type { Bundle } from './outcome/bundle.ts';
export type { Report } from './outcome/report-schema.ts';
export { KNOWN_NAMES, nameOf, recognise } from './messages/recognise.ts';
export { isUnknown } from './messages/types.ts';
export type {
  ClaudeMessage,
  ContentBlock,
  Message,
  MessageOf,
  RunEvent,
  SluiceMessage,
  UnknownMessage,
  Usage,
} from './messages/types.ts';

export { createRedactor } from './secrets/redactor.ts';
export type { Finding, Redaction, Redactor, RedactorOptions } from './secrets/redactor.ts';
export type { AllowList } from './secrets/custom/allow-list.ts';
export type { SecretPattern } from './secrets/custom/user-patterns.ts';
export { refuseSuperLinear } from './secrets/custom/linear-time.ts';
export { KINDS } from './secrets/kinds.ts';

export { collectBundle, createBundleSink } from './sinks/formats/bundle.ts';
export type { BundleCollector } from './sinks/formats/bundle.ts';
export type { Keeping } from './request/kept.ts';
export { createNdjsonSink, createRecordingSink } from './sinks/formats/ndjson.ts';
export { createStreamJsonSink } from './sinks/formats/stream-json.ts';
export { createTextSink } from './sinks/formats/text.ts';
export { createJobLogSink } from './sinks/formats/job-log-sink.ts';
export type { JobLogOptions } from './sinks/ci/github-log.ts';
export { junitOf } from './sinks/ci/junit.ts';
export { sarifOf } from './sinks/ci/sarif.ts';
export { createPrettySink } from './sinks/formats/pretty-sink.ts';
export type { PrettySinkOptions } from './sinks/formats/pretty-sink.ts';
export { neutralise } from './sinks/safe-text.ts';
export type { Output, Terminal } from './sinks/output.ts';
export { outputOf } from './sinks/output-of.ts';
export type { NodeStream } from './sinks/output-of.ts';
export type { Ending, Sink } from './sinks/sink.ts';
