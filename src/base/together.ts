type Results<Work extends readonly unknown[]> = { -readonly [Place in keyof Work]: Awaited<Work[Place]> };

/**
 * The results of works that go on at once. Where one fails the others are waited for, and then it fails as the first of them:
 * `Promise.all` fails while the rest goes on, on what its caller closes meanwhile.
 */
export async function together<const Work extends readonly unknown[]>(works: Work): Promise<Results<Work>> {
  await Promise.allSettled(works);
  return (await Promise.all(works)) as Results<Work>;
}
