/** A list whose items are made when they are read, each time again: for lists that would fill the memory. */
export class Rows<T> implements Iterable<T> {
  readonly #count: number
  readonly #make: (index: number) => T

  constructor(count: number, make: (index: number) => T) {
    this.#count = count
    this.#make = make
  }

  get length(): number {
    return this.#count
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.#count; index++) yield this.#make(index)
  }
}
