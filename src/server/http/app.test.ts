import { describe, expect, test } from 'vitest';
import { contract } from '../contract/index.ts';
import { servedStudy } from '../served-study.test-support.ts';

describe('the app', () => {
  test('[R32] an error is problem details with its code, and a study without a part in it is not there', async () => {
    await using served = await servedStudy();
    const { status, body } = await served.call('nobody', contract.study, { params: { study: served.study } });
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 'protocol.no-study', status: 404 } });
  });

  test('lists the studies of who asks', async () => {
    await using served = await servedStudy();
    const { body } = await served.call('owner', contract.studies, {});
    expect(body).toEqual({
      items: [{ study: served.study, title: 'Methotrexate for psoriasis', version: '1', roles: ['owner'] }],
    });
  });
});
