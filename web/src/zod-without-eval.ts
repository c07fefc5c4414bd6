/** Has to be the first import of the app: the content security policy allows no `eval`, which zod else tries as soon as a schema is made. */
import { z } from 'zod';

z.config({ jitless: true });
