import { defineConfig } from 'vite';

// The targets are the first versions with light-dark(); older ones make Vite rewrite every colour token.
const targets = ['chrome123', 'edge123', 'firefox128', 'safari17.5'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: targets,
    cssTarget: targets,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the CSP has no data:
    sourcemap: false,
    reportCompressedSize: false,
    // One chunk for everything that several pages share: fewer requests before the first data.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'common', test: /node_modules|src\/(lib|ui|domain|i18n|app|pages\/shared|paths|routes)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.EXREG_API ?? 'http://localhost:8080' } },
});
