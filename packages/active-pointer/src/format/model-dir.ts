/** What a pointer calls the models dir, and what the one that it replaces called it, where that is another name. */
export interface ModelsDirName {
  name: string
  instead?: string
}

/** `<name>/<model_id>`, or the id alone where the name could not be read again. */
export function modelDirOf(name: string, modelId: string): string {
  const isReadable = name !== '' && !/[\\\0\p{Cs}]/u.test(name) && !/^[A-Za-z]:/.test(name)
  return isReadable ? `${name}/${modelId}` : modelId
}
