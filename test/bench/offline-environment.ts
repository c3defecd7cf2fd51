import { cleanEnvironment } from './clean-environment.ts';

/** No way out but to the stub. */
export function offlineEnvironment(home: string, url: string): NodeJS.ProcessEnv {
  return {
    ...cleanEnvironment(home),
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'sk-ant-bench-000000000000',
    DISABLE_TELEMETRY: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
}
