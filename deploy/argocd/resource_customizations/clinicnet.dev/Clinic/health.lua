-- How Argo CD judges a Clinic, ClinicService or ClinicSession: as kstatus does, and as
-- `kubectl wait --for=condition=Ready` does. docs/gitops.md has the table.
local metadata = obj.metadata
local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end

local function holds(type)
  return conditions[type] ~= nil and conditions[type].status == "True"
end

local function message(type)
  return conditions[type] ~= nil and conditions[type].message or ""
end

local observed = status.observedGeneration == metadata.generation

if metadata.deletionTimestamp ~= nil then
  if observed then
    return {status = "Progressing", message = "Being deleted. " .. message("Ready")}
  end
  return {status = "Progressing", message = "Being deleted."}
end
if not observed then
  return {status = "Progressing", message = "The operator has not looked at this version of the manifest yet."}
end
if holds("Reconciling") then
  return {status = "Progressing", message = message("Reconciling")}
end
if holds("Stalled") then
  return {status = "Degraded", message = message("Stalled")}
end
if holds("Ready") then
  return {status = "Healthy", message = message("Ready")}
end
return {status = "Progressing", message = message("Ready")}
