-- ReleaseVerifier: returns the items of a release.
select item_id, popularity, propensity
from {table}
where release_id = {release}
