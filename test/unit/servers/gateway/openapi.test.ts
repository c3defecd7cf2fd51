import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../../src/servers/gateway/openapi.ts';
import { OPERATIONS } from '../../../../src/servers/gateway/operations.ts';

const COPY = fileURLToPath(new URL('../../../../src/help/openapi.json', import.meta.url));

describe('the OpenAPI document', () => {
  // After a change: npx vitest run --project unit test/unit/servers/gateway/openapi.test.ts -u
  it('is the one that lies beside the help', async () => {
    await expect(`${JSON.stringify(openApiDocument(), null, 2)}\n`).toMatchFileSnapshot(COPY);
  });

  it('has every operation, each once', () => {
    const text = JSON.stringify(openApiDocument());
    for (const name of Object.keys(OPERATIONS)) expect(text.split(`"operationId":"${name}"`)).toHaveLength(2);
  });

  it('has schemas that are some, and names none that it lacks', () => {
    const { components } = openApiDocument() as { components: { schemas: Record<string, object> } };
    const text = JSON.stringify(openApiDocument());
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(named.filter((name) => name === undefined || !(name in components.schemas))).toEqual([]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'http://sluice.test/api', components });
    for (const name of Object.keys(components.schemas)) {
      expect(() => ajv.compile({ $ref: `http://sluice.test/api#/components/schemas/${name}` })).not.toThrow();
    }
  });
});
