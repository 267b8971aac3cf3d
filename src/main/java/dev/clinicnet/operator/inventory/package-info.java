/** What an account holds, as listed and as changed since, and our marks on the objects. */
package dev.clinicnet.operator.inventory;
