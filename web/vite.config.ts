import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server that `npm run dev` starts beside this one. */
const server = process.env.CHARTPROOF_DEV_SERVER ?? 'http://127.0.0.1:4123';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    // With light-dark() of CSS; written for older ones, it would follow the system and not the chosen theme.
    target: ['chrome125', 'firefox128', 'safari17.5'],
    emptyOutDir: true,
    // The content security policy lets nothing in as a data: address.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': server, '/auth': server } },
});
