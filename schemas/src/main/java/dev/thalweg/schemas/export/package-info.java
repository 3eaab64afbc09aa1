/**
 * What others need to know of the contracts, in the formats that their tools read: JSON Schema and
 * AsyncAPI. All of it is derived from the contracts; none of it is read back.
 */
package dev.thalweg.schemas.export;
