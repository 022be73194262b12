// Next.js 15 brings no types for style sheets, and TypeScript 6 asks for them.
declare module '*.css';
