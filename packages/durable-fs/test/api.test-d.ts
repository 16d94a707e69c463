import { expectTypeOf } from 'vitest'
import {
  acquireLock,
  type FileSystem,
  type Lock,
  nodeFileSystem,
  readSmallFile,
  type SmallFile,
  writeFileAtomic,
} from '../src/index.js'

expectTypeOf(nodeFileSystem).toEqualTypeOf<FileSystem>()
expectTypeOf(acquireLock).returns.resolves.toEqualTypeOf<Lock>()
expectTypeOf(readSmallFile).returns.toEqualTypeOf<SmallFile>()
expectTypeOf(writeFileAtomic).returns.resolves.toEqualTypeOf<void>()
// @ts-expect-error the limit must be stated
readSmallFile('a')
// @ts-expect-error text is not bytes: the encoding is the caller's to choose
writeFileAtomic('a', 'text')
