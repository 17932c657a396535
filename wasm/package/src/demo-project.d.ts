// Written by scripts/bundle-demo.mjs at build time from projects/demo.
import type { LoadedProject } from './project/files.js';

export const demoProject: LoadedProject;
