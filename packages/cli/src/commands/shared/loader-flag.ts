/** The flag of everything that loads a model. */
export const LOADER_FLAG = {
  loader: {
    type: 'list',
    value: 'FILE',
    describe: "Module whose default export loads model files: { '*.ending or name': load }; may be repeated",
  },
} as const
