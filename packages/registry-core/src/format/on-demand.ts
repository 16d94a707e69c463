/**
 * Describes a member that is made when it is first asked for, and from then on is like any other. Assigning to it is
 * possible as to any other; of a frozen object it is made each time.
 */
export function onDemand<T extends object, V>(
  key: string,
  make: (of: T) => V,
): PropertyDescriptor & ThisType<T> {
  const settle = (of: T, value: V) =>
    Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true })
  return {
    enumerable: true,
    configurable: true,
    get() {
      const value = make(this)
      if (Object.getOwnPropertyDescriptor(this, key)?.configurable) settle(this, value)
      return value
    },
    set(value) {
      settle(this, value)
    },
  }
}
