export { type FakeCall, type FakeClaude, fakeClaude } from './fake-claude.ts';
export type { Printed, Step, ToolUse } from './script.ts';
export { startTestGateway, type TestGateway, wordsOf } from './test-gateway.ts';
