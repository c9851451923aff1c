// One loop at a time: they measure latencies, and each uses the machine fully.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
